-- requests_total and request_duration_seconds in a dictionary that the workers share, with the labels and the buckets of the gateway.
-- A request changes three numbers. Buckets are made cumulative when the page is printed.

local BOUNDS = { 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3, 6, 10 }
local HOSTS = { localhost = true }
local METHODS = {
    GET = true, HEAD = true, POST = true, PUT = true, PATCH = true, DELETE = true, OPTIONS = true, TRACE = true, CONNECT = true,
}

local dictionary = ngx.shared.metrics
local series = {} -- by labels, in this worker

-- The keys of the numbers of one series: concatenated once, not for each request.
local function begin(labels)
    local keys = { requests = labels .. " requests", sum = labels .. " sum", buckets = {} }
    for bucket = 1, #BOUNDS + 1 do
        keys.buckets[bucket] = labels .. " bucket " .. bucket
    end
    series[labels] = keys
    return keys
end

local function bucket_of(seconds)
    for bucket = 1, #BOUNDS do
        if seconds <= BOUNDS[bucket] then
            return bucket
        end
    end
    return #BOUNDS + 1
end

local metrics = {}

-- Counts and times the current request: nginx measures in milliseconds, to the end of the response.
function metrics.record(endpoint)
    local variables = ngx.var
    local host, method = variables.host, variables.request_method
    local labels = string.format('host="%s",status="%d",method="%s",endpoint="%s"',
        HOSTS[host] and host or "other", ngx.status, METHODS[method] and method or "other", endpoint)
    local keys = series[labels] or begin(labels)
    local seconds = tonumber(variables.request_time)
    dictionary:incr(keys.requests, 1, 0)
    dictionary:incr(keys.sum, seconds, 0)
    dictionary:incr(keys.buckets[bucket_of(seconds)], 1, 0)
end

-- Responds with the page that Prometheus scrapes.
function metrics.print()
    local all = {}
    for _, key in ipairs(dictionary:get_keys(0)) do
        all[#all + 1] = key:match("^(.+) requests$")
    end
    table.sort(all)
    ngx.header["Content-Type"] = "text/plain"
    ngx.say("# TYPE requests_total counter")
    for _, labels in ipairs(all) do
        ngx.say("requests_total{", labels, "} ", dictionary:get(labels .. " requests"))
    end
    ngx.say("# TYPE request_duration_seconds histogram")
    for _, labels in ipairs(all) do
        local count = 0
        for bucket = 1, #BOUNDS + 1 do
            count = count + (dictionary:get(labels .. " bucket " .. bucket) or 0)
            ngx.say("request_duration_seconds_bucket{", labels, ',le="', BOUNDS[bucket] or "+Inf", '"} ', count)
        end
        ngx.say("request_duration_seconds_count{", labels, "} ", count)
        ngx.say("request_duration_seconds_sum{", labels, "} ", dictionary:get(labels .. " sum"))
    end
end

return metrics
