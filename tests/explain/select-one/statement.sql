SELECT id, title FROM acme.shop.orders WHERE order_id = 'o 7' AND region = 'us' AND title = 'x';
