SELECT id, FROM acme.shop.orders;
