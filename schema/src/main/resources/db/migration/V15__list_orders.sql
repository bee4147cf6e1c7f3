-- Every vocabulary describes its terms as awards and nominations do.
alter table tags add column description text;
alter table positions add column description text;
alter table publication_categories add column description text;

alter table tags add constraint tag_description_up_to_2000_characters check (char_length(description) <= 2000);
alter table positions add constraint position_description_up_to_2000_characters check (char_length(description) <= 2000);
alter table publication_categories
  add constraint publication_category_description_up_to_2000_characters check (char_length(description) <= 2000);
alter table film_awards add constraint film_award_description_up_to_2000_characters check (char_length(description) <= 2000);
alter table nominations add constraint nomination_description_up_to_2000_characters check (char_length(description) <= 2000);

-- The orders of their lists, and of what belongs to a film.
create index tags_in_list_order on tags (title, id);
create index positions_in_list_order on positions (title, id);
create index film_awards_in_list_order on film_awards (title, id);
create index nominations_in_list_order on nominations (title, id);
create index publication_categories_in_list_order on publication_categories (title, id);
create index cinemas_in_list_order on cinemas (title, id);
create index awards_in_list_order on awards ((-id));
create index movie_staff_in_list_order on movie_staff (movie_id, id);
create index cinema_offers_in_list_order on cinema_offers (movie_id, id);
create index ratings_of_movies_in_list_order on ratings (movie_id, (-id)) where movie_id is not null;
create index ratings_of_publications_in_list_order on ratings (publication_id, (-id)) where publication_id is not null;
