-- Requests random films if their number is an argument, and otherwise the path of the URL.
function init(arguments)
    local films = tonumber(arguments[1])
    if films then
        local seed = tonumber(tostring({}):match('0x(%x+)'), 16) % 2147483647
        math.randomseed(seed) -- an address, so that threads request different films
        request = function()
            return wrk.format('GET', '/api/movie/' .. math.random(films))
        end
    end
end

-- Prints the result of wrk as JSON, in a line of its own. Durations are in microseconds. wrk counts a status above 399 as an error.
function done(summary, latency)
    local errors = summary.errors
    print(string.format('\n{"requests": %d, "duration": %d, "p50": %d, "p99": %d, "errors": %d, "error_statuses": %d}',
        summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
        errors.connect + errors.read + errors.write + errors.timeout, errors.status))
end
