/**
 * What Redis does for the limits, in one step each. Redis' own clock counts, so that all processes agree; ARGV[1] is added to it, ms (not 0 only
 * where a test moves time). Every key goes away by itself. Answers are ms to wait, 0 for none.
 */
const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[1])`

/** KEYS: failures or takes. ARGV: ahead, window, limit, id of this one. */
export const TAKE = `${NOW}
local window, limit = tonumber(ARGV[2]), tonumber(ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
local count = redis.call('ZCARD', KEYS[1])
if count >= limit then
  return math.max(1, redis.call('ZRANGE', KEYS[1], count - limit, count - limit, 'WITHSCORES')[2] + window - now)
end
redis.call('ZADD', KEYS[1], now, ARGV[4])
redis.call('PEXPIRE', KEYS[1], window)
return 0`

/**
 * Begins an attempt. KEYS: failures, attempts that run. ARGV: ahead, window, limit, id, ms after which an attempt that never ended is forgotten.
 * -1: those that run could fill the limit, so ask again when one has ended.
 */
export const BEGIN = `${NOW}
local window, limit = tonumber(ARGV[2]), tonumber(ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
local count = redis.call('ZCARD', KEYS[1])
if count >= limit then
  return math.max(1, redis.call('ZRANGE', KEYS[1], count - limit, count - limit, 'WITHSCORES')[2] + window - now)
end
if count + redis.call('ZCARD', KEYS[2]) >= limit then return -1 end
redis.call('ZADD', KEYS[2], now + tonumber(ARGV[5]), ARGV[4])
redis.call('PEXPIRE', KEYS[2], ARGV[5])
return 0`

/** Ends an attempt. KEYS as above. ARGV: ahead, window, id, '1' if it failed. */
export const END = `${NOW}
redis.call('ZREM', KEYS[2], ARGV[3])
if ARGV[4] == '1' then
  redis.call('ZADD', KEYS[1], now, ARGV[3])
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return 0`

/** KEYS: bucket. ARGV: ahead, burst, per second, count. */
export const PACE = `${NOW}
local burst, rate, count = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local bucket = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local passed = math.max(0, now - (tonumber(bucket[2]) or now))
local tokens = math.min(burst, (tonumber(bucket[1]) or burst) + passed / 1000 * rate)
if tokens < count then return math.ceil((count - tokens) / rate * 1000) end
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens - count), 'at', now)
redis.call('PEXPIRE', KEYS[1], math.ceil(burst / rate * 1000))
return 0`
