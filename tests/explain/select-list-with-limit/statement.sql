SELECT id FROM acme.shop.orders WHERE state = 'open' AND count > 3 ORDER BY id LIMIT 500;
