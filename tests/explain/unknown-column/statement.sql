SELECT id, colour FROM acme.shop.orders WHERE weight = 3;
