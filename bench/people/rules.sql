-- What must never be found: each query answers no row where its rule holds. They ask what the tables hold, not what their
-- constraints say, so that a constraint that refuses nothing is found out too.
--
--   psql -f bench/people/rules.sql postgresql://kinoteka@127.0.0.1:5432/kinoteka

-- rule: a comment is about a film or a publication, not both, not neither
select id, movie_id, publication_id
  from comments
 where (movie_id is null) = (publication_id is null);

-- rule: a reply is about what it answers
select reply.id, reply.parent_id
  from comments reply
  join comments parent on parent.id = reply.parent_id
 where (reply.movie_id, reply.publication_id) is distinct from (parent.movie_id, parent.publication_id);

-- rule: a reply answers an earlier comment, so that none go round in a circle
select id, parent_id
  from comments
 where parent_id >= id;

-- rule: a comment has its text and its customer until it is deleted
select id
  from comments
 where deleted_at is null and (text is null or customer_id is null);

-- rule: a rating is about a film or a publication, not both, not neither
select id, movie_id, publication_id
  from ratings
 where (movie_id is null) = (publication_id is null);

-- rule: a customer rates a film or a publication once
select customer_id, movie_id, publication_id, count(*)
  from ratings
 group by customer_id, movie_id, publication_id
having count(*) > 1;

-- rule: an open account has an e-mail address, names and a birthday
select id
  from customers
 where deleted_at is null
   and num_nulls(email, name, surname, birthday) > 0;

-- rule: stars are 1 to 5
select id, stars
  from ratings
 where stars not between 1 and 5;

-- rule: a film's sum and count of stars are those of its ratings
select movies.id, rating_sum, rating_count, found.stars, found.votes
  from movies
  left join (select movie_id, sum(stars) as stars, count(*) as votes from ratings group by movie_id) found
    on found.movie_id = movies.id
 where (rating_sum, rating_count) is distinct from (coalesce(found.stars, 0), coalesce(found.votes, 0));

-- rule: a publication's sum and count of stars are those of its ratings
select publications.id, rating_sum, rating_count, found.stars, found.votes
  from publications
  left join (select publication_id, sum(stars) as stars, count(*) as votes from ratings group by publication_id) found
    on found.publication_id = publications.id
 where (rating_sum, rating_count) is distinct from (coalesce(found.stars, 0), coalesce(found.votes, 0));

-- rule: a customer orders a film at a cinema once
select customer_id, movie_id, cinema_id, count(*)
  from orders
 group by customer_id, movie_id, cinema_id
having count(*) > 1;

-- rule: an order's customer, film and cinema are there
select orders.id
  from orders
  left join customers on customers.id = customer_id
  left join movies on movies.id = movie_id
  left join cinemas on cinemas.id = cinema_id
 where customers.id is null or movies.id is null or cinemas.id is null;

-- rule: what a comment is about, answers and was said by is there
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

-- rule: what a rating is about and who gave it are there
select ratings.id
  from ratings
  left join customers on customers.id = ratings.customer_id
  left join movies on movies.id = ratings.movie_id
  left join publications on publications.id = ratings.publication_id
 where customers.id is null
    or (ratings.movie_id is not null and movies.id is null)
    or (ratings.publication_id is not null and publications.id is null);

-- rule: a publication's author, category and tags are there
select publications.id
  from publications
  left join customers on customers.id = author_id
  left join publication_categories on publication_categories.id = category_id
  left join publication_tags on publication_id = publications.id
  left join tags on tags.id = tag_id
 where customers.id is null or publication_categories.id is null or (tag_id is not null and tags.id is null);

-- rule: a cinema offers a film once, both are there, and price and discount can be
select movie_id, cinema_id, count(*)
  from cinema_offers
  left join movies on movies.id = movie_id
  left join cinemas on cinemas.id = cinema_id
 group by movie_id, cinema_id
having count(*) > 1 or count(movies.id) = 0 or count(cinemas.id) = 0 or min(price) < 0
    or min(discount) < 0 or max(discount) > 100;

-- rule: a closed account has no personal data, and its customer wrote nothing after it was closed
select customers.id
  from customers
 where deleted_at is not null
   and (num_nonnulls(email, name, mid_name, surname, birthday, bio, password_hash, last_logon_at) > 0
        or exists (select from comments where customer_id = customers.id and comments.created_at > customers.deleted_at)
        or exists (select from ratings where customer_id = customers.id and ratings.created_at > customers.deleted_at)
        or exists (select from orders where customer_id = customers.id and ordered_at > customers.deleted_at)
        or exists (select from publications where author_id = customers.id and publications.created_at > customers.deleted_at));

-- rule: a stored response is that of a request that was executed
select caller, key, status
  from idempotency_keys
 where status <> 201 or length(body) = 0;

-- rule: the stored response to an order names an order that exists
select caller, key, header
  from idempotency_keys, unnest(headers) header
 where header ~* '^location: /api/customer/[0-9]+/orders/'
   and not exists (select from orders where id = substring(header from '[0-9]+$')::bigint);
