-- Run once, by the MySQL image, when its data folder is empty: maohome and its user are made by the image itself.
CREATE DATABASE IF NOT EXISTS maodata;
GRANT ALL ON maodata.* TO 'maotrade'@'%';
