EXEC acme.shop.orders.shipp @order_id='7';
