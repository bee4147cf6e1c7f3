alter table movies
  add column title_original text,
  add column isan           text,
  add column country        text,
  add column age_rating     text,
  add column budget         numeric(14, 2),
  add column box_office     numeric(14, 2),
  add column synopsis       text,

  add constraint movie_title_original_between_1_and_500_characters check (char_length(title_original) between 1 and 500),
  add constraint movie_isan_is_unique unique (isan),
  add constraint movie_isan_between_1_and_33_characters check (char_length(isan) between 1 and 33),
  add constraint movie_country_between_1_and_128_characters check (char_length(country) between 1 and 128),
  add constraint movie_age_rating_is_known check (age_rating in ('0+', '6+', '12+', '16+', '18+')),
  add constraint movie_budget_not_negative check (budget >= 0),
  add constraint movie_box_office_not_negative check (box_office >= 0),
  add constraint movie_synopsis_up_to_20000_characters check (char_length(synopsis) <= 20000);

create index movies_by_country on movies (country, (-year), title, id);

comment on column movies.isan is 'International Standard Audiovisual Number (ISO 15706)';
comment on column movies.age_rating is 'Least age by the Russian classification of information';
