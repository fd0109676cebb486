SELECT id FROM acme.shp.orders;
