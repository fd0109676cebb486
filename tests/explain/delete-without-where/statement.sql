DELETE FROM acme.shop.orders;
