INSERT INTO acme.shop.orders (title, count, lines, colour, region) SELECT 'a', '3', '[{"n": 1}]', 'red', 'eu' RETURNING id;
