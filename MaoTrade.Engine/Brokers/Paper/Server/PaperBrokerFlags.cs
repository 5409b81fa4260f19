using System.Globalization;
using System.Net;

namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>Reads the flags of the command <c>paper-broker</c>; all errors are collected, none is thrown.</summary>
public static class PaperBrokerFlags
{
    /// <summary>Options and errors; the options are to be used only when there are no errors.</summary>
    public static PaperBrokerOptions Parse(IReadOnlyList<string> arguments, out IReadOnlyList<string> errors)
    {
        var options = new PaperBrokerOptions();
        var found = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var parts = arguments[i].Split('=', 2);
            var flag = parts[0];
            if (!flag.StartsWith("--", StringComparison.Ordinal))
            {
                found.Add($"{flag} is not a flag");
                continue;
            }

            if (parts.Length == 1 && (i + 1 == arguments.Count || arguments[i + 1].StartsWith("--", StringComparison.Ordinal)))
            {
                found.Add($"{flag} needs a value");
                continue;
            }

            options = Apply(options, flag, parts.Length == 2 ? parts[1] : arguments[++i], found);
        }

        found.AddRange(options.Validate());
        errors = found;
        return options;
    }

    /// <summary>Reads <c>delay=50ms,lost-reply=0.1,…</c>; what cannot be read is added to the errors.</summary>
    public static PaperFaultOptions ParseFault(string text, ICollection<string> errors)
    {
        var fault = new PaperFaultOptions();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var pair = part.Split('=', 2);
            var value = pair.Length == 2 ? pair[1] : "";
            fault = pair[0] switch
            {
                "delay" => fault with { Delay = Duration("fault delay", value, errors) },
                "lost-reply" => fault with { LostReply = Number("fault lost-reply", value, errors) },
                "lost-request" => fault with { LostRequest = Number("fault lost-request", value, errors) },
                "reject" => fault with { Reject = Number("fault reject", value, errors) },
                "duplicate" => fault with { Duplicate = Number("fault duplicate", value, errors) },
                "reorder" => fault with { Reorder = Number("fault reorder", value, errors) },
                _ => Unknown(fault, $"fault {pair[0]} is unknown", errors),
            };
        }

        return fault;
    }

    /// <summary>Reads <c>250ms</c>, <c>2s</c>, <c>1m</c> or <c>1h</c>; what cannot be read is added to the errors.</summary>
    public static TimeSpan Duration(string name, string text, ICollection<string> errors)
    {
        var unit = text.TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.');
        double? seconds = unit switch { "ms" => 0.001, "s" => 1, "m" => 60, "h" => 3600, _ => null };
        if (seconds is { } factor
            && double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number < 1e9)
        {
            return TimeSpan.FromSeconds(number * factor);
        }

        errors.Add($"{name} must be a time such as 50ms or 2s: {text}");
        return TimeSpan.Zero;
    }

    private static PaperBrokerOptions Apply(PaperBrokerOptions options, string flag, string value, List<string> errors) => flag switch
    {
        "--bind" => options with { Bind = Address(flag, value, errors) },
        "--port" => options with { Port = (int)Number(flag, value, errors) },
        "--data-dir" => options with { DataDirectory = value },
        "--market" => options with { Market = value },
        "--epic" => options with { Epics = [.. options.Epics, .. List(value)] },
        "--time-frames" => options with { TimeFrames = [.. List(value).Select(seconds => (int)Number(flag, seconds, errors))] },
        "--seed" => options with { Seed = (long)Number(flag, value, errors) },
        "--speed" => options with { Speed = Number(flag, value, errors) },
        "--clock" => options with { Clock = Word(flag, value, "live", "lockstep", errors) ? PaperClockMode.Live : PaperClockMode.Lockstep },
        "--accounts" => options with { Accounts = [.. options.Accounts, .. List(value)] },
        "--cash" => options with { Cash = Money(flag, value, errors) },
        "--spread" => options with { Spread = Money(flag, value, errors) },
        "--slippage" => options with { Slippage = Money(flag, value, errors) },
        "--margin-rate" => options with { MarginRate = Money(flag, value, errors) },
        "--ledger" => options with { LedgerFile = value },
        "--dedupe" => options with { Dedupe = Word(flag, value, "on", "off", errors) },
        "--lookup-lag" => options with { LookUpLag = Duration(flag, value, errors) },
        "--fault" => options with { Fault = ParseFault(value, errors) },
        _ => Unknown(options, $"{flag} is unknown", errors),
    };

    private static IPAddress Address(string flag, string value, List<string> errors) =>
        IPAddress.TryParse(value, out var address) ? address : Unknown(IPAddress.Loopback, $"{flag} must be an IP address: {value}", errors);

    private static string[] List(string value) =>
        value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static T Unknown<T>(T options, string error, ICollection<string> errors)
    {
        errors.Add(error);
        return options;
    }

    private static bool Word(string flag, string value, string yes, string no, List<string> errors)
    {
        if (value != yes && value != no)
        {
            errors.Add($"{flag} must be {yes} or {no}: {value}");
        }

        return value == yes;
    }

    private static double Number(string name, string text, ICollection<string> errors)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) < 9e15)
        {
            return number;
        }

        errors.Add($"{name} must be a number: {text}");
        return 0;
    }

    private static decimal Money(string name, string text, List<string> errors)
    {
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        errors.Add($"{name} must be a number: {text}");
        return 1;
    }
}
