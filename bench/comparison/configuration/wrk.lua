-- Requests the path of the URL, or as the arguments say: "film COUNT" a random film, "post FILE COUNT" a new session with a random film
-- for a customer of the file, which has an id and a token in each line.

local function seed_random()
    math.randomseed(tonumber(tostring({}):match('0x(%x+)'), 16) % 2147483647) -- an address, so that threads differ
end

local function read_customers(file)
    local customers = {}
    for line in io.lines(file) do
        local id, token = line:match('^(%d+) (%S+)$')
        local headers = { Authorization = 'Bearer ' .. token, ['Content-Type'] = 'application/json' }
        for name, value in pairs(wrk.headers) do
            headers[name] = value
        end
        customers[#customers + 1] = { id = id, headers = headers }
    end
    return customers
end

local modes = {}

function modes.film(count)
    count = tonumber(count)
    return function()
        return wrk.format('GET', '/api/movie/' .. math.random(count))
    end
end

function modes.post(file, count)
    local customers = read_customers(file)
    count = tonumber(count)
    return function()
        local customer = customers[math.random(#customers)]
        local session = string.format('{"customer_id": %s, "movie_id": %d}', customer.id, math.random(count))
        return wrk.format('POST', '/api/session', customer.headers, session)
    end
end

function init(arguments)
    if #arguments > 0 then
        seed_random()
        request = modes[arguments[1]](arguments[2], arguments[3])
    end
end

-- Prints the result of wrk as JSON, in a line of its own. Durations are in microseconds. wrk counts a status above 399 as an error.
function done(summary, latency)
    local errors = summary.errors
    print(string.format(
        '\n{"requests": %d, "duration": %d, "p50": %d, "p90": %d, "p99": %d, "p999": %d, "errors": %d, "error_statuses": %d}',
        summary.requests, summary.duration, latency:percentile(50), latency:percentile(90), latency:percentile(99),
        latency:percentile(99.9), errors.connect + errors.read + errors.write + errors.timeout, errors.status))
end
