using System.Globalization;
using System.Text.Json;

namespace MaoTrade.Engine.Testing.Jobs;

/// <summary>From a request to the arguments of the command <c>backtest</c>; files lie below the market folder and nowhere else.</summary>
internal static class BacktestArguments
{
    /// <summary>The arguments, or null with what is wrong.</summary>
    public static IReadOnlyList<string>? Of(BacktestJobRequest request, string marketFolder, out string fault)
    {
        var rules = request.Rules ?? new BacktestJobRules();
        var data = DataOf(request, marketFolder);
        var adjust = rules.Adjust is null ? null : Below(marketFolder, rules.Adjust);
        fault = (request, data, rules.Adjust is null || adjust is not null) switch
        {
            ({ System: null }, _, _) => "system: the name of a trading system is expected",
            (_, null, _) => $"data: there is no {request.Data ?? request.Epic ?? "market data"} in the market folder",
            (_, _, false) => "rules.adjust: there is no such file in the market folder",
            ({ Params: { ValueKind: not JsonValueKind.Object } }, _, _) => "params: an object is expected",
            _ => "",
        };
        if (fault.Length > 0)
        {
            return null;
        }

        List<string> arguments = ["backtest", "--json", "--progress", "--system", request.System!, "--data", data!];
        Add(arguments, "--epic", request.Epic);
        Add(arguments, "--time-frame", request.TimeFrame);
        Add(arguments, "--from", request.From);
        Add(arguments, "--to", request.To);
        Add(arguments, "--cash", rules.StartEquity);
        Add(arguments, "--fill", rules.Fill);
        Add(arguments, "--fee", rules.Fee);
        Add(arguments, "--slippage", rules.Slippage);
        Add(arguments, "--spread", rules.Spread);
        Add(arguments, "--sizing", rules.Sizing);
        Add(arguments, "--at-end", rules.AtEnd);
        Add(arguments, "--adjust", adjust);
        Add(arguments, "--seed", rules.Seed);
        Add(arguments, "--resume-at", request.ResumeAtFrame);
        if (request.Params is { } parameters)
        {
            foreach (var parameter in parameters.EnumerateObject())
            {
                Add(arguments, "--param", $"{parameter.Name}={parameter.Value}");
            }
        }

        return arguments;
    }

    private static string? DataOf(BacktestJobRequest request, string marketFolder) => request switch
    {
        { Data: { } data } => Below(marketFolder, data),
        { Epic: { } epic } when Below(marketFolder, epic + ".csv") is { } file => file,
        _ => Directory.Exists(marketFolder) ? marketFolder : null,
    };

    /// <summary>The path of something that exists below a folder; null for anything else, also for a way out of it.</summary>
    private static string? Below(string folder, string name)
    {
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        var path = Path.GetFullPath(Path.Combine(root, name));
        return path.StartsWith(root, StringComparison.Ordinal) && (File.Exists(path) || Directory.Exists(path)) ? path : null;
    }

    /// <summary>One argument each, so that a value is never taken for a flag.</summary>
    private static void Add<T>(List<string> arguments, string flag, T? value)
    {
        if (value is not null)
        {
            arguments.Add(string.Create(CultureInfo.InvariantCulture, $"{flag}={value}"));
        }
    }
}
