-- Asks for pages in the order of a file: "host path" a line. arg 1: the file, arg 2: gzip or plain,
-- arg 3: so many milliseconds each connection rests before it asks again.
local requests, at = {}, 0

function init(args)
	if args[3] then
		local rest = tonumber(args[3])

		function delay()
			return rest
		end
	end
	for line in io.lines(args[1]) do
		local host, path = line:match("(%S+) (%S+)")
		local head = { Host = host }
		if args[2] == "gzip" then
			head["Accept-Encoding"] = "gzip"
		end
		requests[#requests + 1] = wrk.format("GET", path, head)
	end
end

function request()
	at = at % #requests + 1
	return requests[at]
end

function done(summary, latency)
	local e = summary.errors
	io.write(string.format("RESULT %d %d %d %d\n", summary.requests, summary.duration,
		e.connect + e.read + e.write + e.timeout + e.status, latency:percentile(99)))
end
