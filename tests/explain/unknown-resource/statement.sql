SELECT id FROM acme.shop.customers;
