EXEC acme.shop.orders.ship @order_id='7' -- required,
@note='x';
