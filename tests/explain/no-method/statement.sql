UPDATE acme.shop.orders SET title = 'b' WHERE id = '7';
