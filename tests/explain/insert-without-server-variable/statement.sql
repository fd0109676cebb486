INSERT INTO acme.shop.orders (title) SELECT 'a';
