-- The order of the list, for whoever asks for one country's.
create index persons_by_country on persons (country, last_name, first_name, id);
