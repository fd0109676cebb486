EXEC acme.shop.orders.ship @order_id='7' @@json='{"note": "soon"}';
