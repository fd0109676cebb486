SELECT * FROM acme.shop.vw_open_orders WHERE region = 'us';
