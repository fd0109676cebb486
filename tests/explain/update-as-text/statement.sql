UPDATE acme.shop.orders SET title = 'b', count = 4 WHERE order_id = '7' AND region = 'eu';
