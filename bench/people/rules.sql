-- Rules that must hold at any time. Each query returns the violations of the rule above it, so no rows mean that the rule holds.
-- Rules that are also constraints of the schema are repeated here, so that a missing or ineffective constraint is noticed.
--
--   psql -f bench/people/rules.sql postgresql://kinoteka@127.0.0.1:5432/kinoteka

-- rule: a comment belongs to either a movie or a publication
select id, movie_id, publication_id
  from comments
 where (movie_id is null) = (publication_id is null);

-- rule: a reply belongs to the same movie or publication as its parent
select reply.id, reply.parent_id
  from comments reply
  join comments parent on parent.id = reply.parent_id
 where (reply.movie_id, reply.publication_id) is distinct from (parent.movie_id, parent.publication_id);

-- rule: the parent of a reply is an earlier comment, so that replies form no cycle
select id, parent_id
  from comments
 where parent_id >= id;

-- rule: a comment that is not deleted has a text and a customer
select id
  from comments
 where deleted_at is null and (text is null or customer_id is null);

-- rule: a rating belongs to either a movie or a publication
select id, movie_id, publication_id
  from ratings
 where (movie_id is null) = (publication_id is null);

-- rule: a customer has at most one rating of a movie or publication
select customer_id, movie_id, publication_id, count(*)
  from ratings
 group by customer_id, movie_id, publication_id
having count(*) > 1;

-- rule: an open account has an e-mail address, a name, a surname and a birthday
select id
  from customers
 where deleted_at is null
   and num_nulls(email, name, surname, birthday) > 0;

-- rule: a rating has 1 to 5 stars
select id, stars
  from ratings
 where stars not between 1 and 5;

-- rule: the sum and the number of a movie's ratings match its ratings
select movies.id, rating_sum, rating_count, actual_sum, actual_count
  from movies
  left join (select movie_id, sum(stars) as actual_sum, count(*) as actual_count from ratings group by movie_id) totals
    on totals.movie_id = movies.id
 where (rating_sum, rating_count) is distinct from (coalesce(actual_sum, 0), coalesce(actual_count, 0));

-- rule: the sum and the number of a publication's ratings match its ratings
select publications.id, rating_sum, rating_count, actual_sum, actual_count
  from publications
  left join (select publication_id, sum(stars) as actual_sum, count(*) as actual_count from ratings group by publication_id) totals
    on totals.publication_id = publications.id
 where (rating_sum, rating_count) is distinct from (coalesce(actual_sum, 0), coalesce(actual_count, 0));

-- rule: a customer has at most one order for a movie at a cinema
select customer_id, movie_id, cinema_id, count(*)
  from orders
 group by customer_id, movie_id, cinema_id
having count(*) > 1;

-- rule: the customer, the movie and the cinema of an order exist
select orders.id
  from orders
  left join customers on customers.id = customer_id
  left join movies on movies.id = movie_id
  left join cinemas on cinemas.id = cinema_id
 where customers.id is null or movies.id is null or cinemas.id is null;

-- rule: the customer, the movie or publication and the parent of a comment exist
select comments.id
  from comments
  left join customers on customers.id = comments.customer_id
  left join movies on movies.id = comments.movie_id
  left join publications on publications.id = comments.publication_id
  left join comments parent on parent.id = comments.parent_id
 where (comments.customer_id is not null and customers.id is null)
    or (comments.movie_id is not null and movies.id is null)
    or (comments.publication_id is not null and publications.id is null)
    or (comments.parent_id is not null and parent.id is null);

-- rule: the customer and the movie or publication of a rating exist
select ratings.id
  from ratings
  left join customers on customers.id = ratings.customer_id
  left join movies on movies.id = ratings.movie_id
  left join publications on publications.id = ratings.publication_id
 where customers.id is null
    or (ratings.movie_id is not null and movies.id is null)
    or (ratings.publication_id is not null and publications.id is null);

-- rule: the author, the category and the tags of a publication exist
select publications.id
  from publications
  left join customers on customers.id = author_id
  left join publication_categories on publication_categories.id = category_id
  left join publication_tags on publication_id = publications.id
  left join tags on tags.id = tag_id
 where customers.id is null or publication_categories.id is null or (tag_id is not null and tags.id is null);

-- rule: a cinema has at most one offer for a movie, both exist, and price and discount are in range
select movie_id, cinema_id, count(*)
  from cinema_offers
  left join movies on movies.id = movie_id
  left join cinemas on cinemas.id = cinema_id
 group by movie_id, cinema_id
having count(*) > 1 or count(movies.id) = 0 or count(cinemas.id) = 0 or min(price) < 0
    or min(discount) < 0 or max(discount) > 100;

-- rule: a closed account has no personal data, and its customer created nothing after it was closed
select customers.id
  from customers
 where deleted_at is not null
   and (num_nonnulls(email, name, mid_name, surname, birthday, bio, password_hash, last_logon_at) > 0
        or exists (select from comments where customer_id = customers.id and comments.created_at > customers.deleted_at)
        or exists (select from ratings where customer_id = customers.id and ratings.created_at > customers.deleted_at)
        or exists (select from orders where customer_id = customers.id and ordered_at > customers.deleted_at)
        or exists (select from publications where author_id = customers.id and publications.created_at > customers.deleted_at));

-- rule: a stored response for an idempotency key has the status 201 and a body
select caller, key, status
  from idempotency_keys
 where status <> 201 or length(body) = 0;

-- rule: the stored response to an order refers to an order that exists
select caller, key, header
  from idempotency_keys, unnest(headers) header
 where header ~* '^location: /api/customer/[0-9]+/orders/'
   and not exists (select from orders where id = substring(header from '[0-9]+$')::bigint);
