\set id random(1, :films)
select id, title, title_original, year, duration_minutes, country, age_rating, isan, budget, box_office, synopsis,
       array(select tags.title
               from movie_tags join tags on tags.id = tag_id
              where movie_id = movies.id
              order by tags.title),
       rating, rating_count
  from movies
 where id = :id;
