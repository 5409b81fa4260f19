namespace MaoApi.Hosting;

/// <summary>What a person reads when the gateway has started.</summary>
internal static class Welcome
{
    public static string Text(Uri url, FirstRunFile? file, IReadOnlyList<string> notTrading, DataFolder folder, DateTimeOffset now)
    {
        var address = url.GetLeftPart(UriPartial.Authority);
        var state = notTrading.Count == 0 ? "MaoTrade is trading." : $"MaoTrade runs, but does not trade yet: {string.Join(", ", notTrading)}.";
        return file is null
            ? $"""

               {state}

                 address   {address}
                 logs      {folder.Logs}

               """
            : $$$$"""

               {{{{state}}}}

                 address   {{{{address}}}}
                 log-in    {{{{file.User}}}} / {{{{file.Password}}}}    (administrator: {{{{folder.FirstRun}}}})

               Log in:
                 TOKEN=$(curl -s {{{{address}}}}/auth/login -H 'content-type: application/json' -d '{"user":"{{{{file.User}}}}","password":"{{{{file.Password}}}}"}' | sed 's/.*"accessToken":"\([^"]*\)".*/\1/')

               The portfolio:
                 curl -s {{{{address}}}}/clientmt/portfolio -H "authorization: Bearer $TOKEN"

               A new signal:
                 curl -s {{{{address}}}}/clientmt/signal/crud -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' -d '{"accountId":"demo1","op":"create","signal":{"epic":"USDJPY","system":"FUTM","timeFrame":60,"params":{"signal":"BUY","qty":10,"stop_percent":2}}}'

               Would a signal be taken?
                 curl -s {{{{address}}}}/clientmt/signal/validate -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' -d '{"accountId":"demo1","signal":{"epic":"GBPUSD","system":"MacdCrossover","timeFrame":60,"params":{"fast_period":30,"slow_period":10}}}'

               The engine's log of today:
                 curl -s {{{{address}}}}/clientmt/log -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' -d '{"accountId":"demo1","logDate":"{{{{now:yyyy-MM-dd}}}}"}' -o demo1-log.zip

               Ctrl-C stops everything in order; the next start resumes.

               """;
    }
}
