using System.CommandLine;
using System.Globalization;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Plugins;
using MaoTrade.Engine.Testing;
using MaoTrade.Engine.Testing.Data;
using MaoTrade.Engine.Testing.Rules;
using MaoTrade.Market.Charts.Reports;

namespace MaoTrade.Engine.Hosting.Commands;

/// <summary>The flags of <c>backtest</c>.</summary>
internal sealed class BacktestFlags
{
    private static readonly string[] TimeForms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK"];

    private readonly Option<string> _system = Text("--system", "The trading system, NAME or PLUGIN.dll:NAME", "");
    private readonly Option<string> _data = Text("--data", "CSV file or Metastock folder", "");
    private readonly Option<string?> _epic = new("--epic") { Description = "The instrument; with a folder its symbol" };
    private readonly Option<int?> _timeFrame = new("--time-frame") { Description = "Length of a bar, seconds; default as the data" };
    private readonly Option<string?> _from = new("--from") { Description = "First bar, yyyy-MM-dd or ISO time, UTC" };
    private readonly Option<string?> _to = new("--to") { Description = "End, yyyy-MM-dd (that day too) or ISO time, UTC" };
    private readonly Option<string[]> _params = new("--param") { Description = "A parameter of the system, key=value; repeatable" };
    private readonly Option<string[]> _models = new("--model") { Description = "A model file that the system may use by its name; repeatable" };
    private readonly Option<decimal> _cash = Number("--cash", "Equity at the start", 100_000);
    private readonly Option<string> _fill = Text("--fill", "When market orders are filled: next-open or close", "next-open");
    private readonly Option<string> _fee = Text("--fee", "none, per-share:0.005,min:1 or percent:0.1", "none");
    private readonly Option<decimal> _slippage = Number("--slippage", "Price units by which market and stop fills are worse", 0);
    private readonly Option<decimal> _spread = Number("--spread", "Distance of bid and ask where the data has one price", 0);
    private readonly Option<string> _sizing = Text("--sizing", "system, qty:100 or equity:1,buffer:0.0025", "system");
    private readonly Option<string> _atEnd = Text("--at-end", "A position open after the last bar: hold or close", "hold");
    private readonly Option<string?> _adjust = new("--adjust") { Description = "Factor file: date,price_factor,split_factor" };
    private readonly Option<long> _seed = new("--seed") { Description = "Where ids are drawn from" };
    private readonly Option<int?> _resumeAt = new("--resume-at") { Description = "Throw everything but the store away after bar N" };
    private readonly Option<bool> _resumeEverywhere = new("--resume-everywhere") { Description = "Do that at every bar; exit code 1 where orders differ" };
    private readonly Option<bool> _json = new("--json") { Description = "The report as JSON on standard output" };
    private readonly Option<string?> _html = new("--html") { Description = "Also write a report with charts to this file" };
    private readonly Option<string[]> _report = new("--report") { Description = "Also write a report with charts: a file that ends in .html, .svg or .png; repeatable" };
    private readonly Option<bool> _progress = new("--progress") { Description = "For a parent process: lines 'progress DONE TOTAL' on standard error; the end of standard input cancels" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
        {
            _system, _data, _epic, _timeFrame, _from, _to, _params, _models, _cash, _fill, _fee, _slippage, _spread, _sizing, _atEnd, _adjust,
            _seed, _resumeAt, _resumeEverywhere, _json, _html, _report, _progress,
        })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What is wanted, or null with every fault in the list.</summary>
    public BacktestRequest? Read(ParseResult result, ICollection<string> faults, ICollection<string> notes)
    {
        var rules = ReadRules(result, faults);
        var plan = ReadSystem(result, faults);
        var source = ReadSource(result, faults);
        var reports = ReadReports(result, faults);
        var bars = faults.Count == 0 ? BacktestData.Read(source, faults, notes) : null;
        if (bars is null || plan is not var (catalog, name, parameters))
        {
            return null;
        }

        var resumeAt = result.GetValue(_resumeAt);
        if (resumeAt is { } at && (at < 0 || at >= bars.Count))
        {
            faults.Add($"resume-at: 0 to {bars.Count - 1} is expected, not {at}");
            return null;
        }

        return new BacktestRequest(
            new BacktestPlan
            {
                Catalog = catalog,
                System = name,
                Params = parameters,
                Bars = bars,
                Rules = rules,
                StartEquity = result.GetValue(_cash),
                Seed = result.GetValue(_seed),
                ResumeAt = resumeAt,
                KeepsChart = reports.Count > 0,
            },
            result.GetValue(_resumeEverywhere), result.GetValue(_json), reports, result.GetValue(_progress));
    }

    private List<(string File, ReportFormat Format)> ReadReports(ParseResult result, ICollection<string> faults)
    {
        var reports = new List<(string, ReportFormat)>();
        if (result.GetValue(_html) is { } page)
        {
            reports.Add((page, ReportFormat.Html));
        }

        foreach (var file in result.GetValue(_report) ?? [])
        {
            if (ReportFile.FormatOf(Path.GetExtension(file).TrimStart('.').ToLowerInvariant()) is { } format)
            {
                reports.Add((file, format));
            }
            else
            {
                faults.Add($"report: a file that ends in .html, .svg or .png is expected, not '{file}'");
            }
        }

        return reports;
    }

    private BacktestRules ReadRules(ParseResult result, ICollection<string> faults)
    {
        var fee = FeeModel.Parse(result.GetValue(_fee)!);
        var sizing = QuantitySizing.Parse(result.GetValue(_sizing)!);
        if (fee is null)
        {
            faults.Add($"fee: none, per-share:0.005,min:1 or percent:0.1 is expected, not '{result.GetValue(_fee)}'");
        }

        if (sizing is null)
        {
            faults.Add($"sizing: system, qty:100 or equity:1,buffer:0.0025 is expected, not '{result.GetValue(_sizing)}'");
        }

        if (result.GetValue(_cash) <= 0)
        {
            faults.Add($"cash: a number above 0 is expected, not {result.GetValue(_cash)}");
        }

        if (result.GetValue(_slippage) < 0 || result.GetValue(_spread) < 0)
        {
            faults.Add("slippage, spread: 0 or more is expected");
        }

        return new BacktestRules
        {
            Fill = Word(result, _fill, "next-open", "close", faults) ? FillMoment.NextOpen : FillMoment.Close,
            Fee = fee ?? FeeModel.None,
            Slippage = result.GetValue(_slippage),
            Spread = result.GetValue(_spread),
            Sizing = sizing ?? QuantitySizing.BySystem,
            AtEnd = Word(result, _atEnd, "hold", "close", faults) ? EndRule.Hold : EndRule.Close,
            Adjust = result.GetValue(_adjust) is { } file ? Path.GetFileName(file) : null,
        };
    }

    private (SystemCatalog Catalog, string Name, System.Text.Json.JsonElement Params)? ReadSystem(ParseResult result, ICollection<string> faults)
    {
        var name = result.GetValue(_system)!;
        var catalog = SystemCatalog.BuiltIn.With(ModelFlags.Read(result.GetValue(_models) ?? [], faults));
        if (name.LastIndexOf(".dll:", StringComparison.OrdinalIgnoreCase) is > 0 and var end)
        {
            try
            {
                catalog = SystemCatalog.With(PluginAssembly.Load(name[..(end + 4)]).Systems).With(catalog.Models);
                name = name[(end + 5)..];
            }
            catch (Exception exception) when (exception is PluginException or ArgumentException)
            {
                faults.Add($"system: {exception.Message}");
                return null;
            }
        }

        if (catalog.Create(name) is not { } system)
        {
            faults.Add($"system: one of {string.Join(", ", catalog.Names)} or PLUGIN.dll:NAME is expected, not '{name}'");
            return null;
        }

        return (catalog, name, SystemParameters.Read(result.GetValue(_params) ?? [], system.Parameters, faults));
    }

    private BacktestSource ReadSource(ParseResult result, ICollection<string> faults)
    {
        var path = result.GetValue(_data)!;
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            faults.Add($"data: a CSV file or a Metastock folder is expected, not '{path}'");
        }

        return new BacktestSource(path)
        {
            Epic = result.GetValue(_epic),
            TimeFrameSeconds = result.GetValue(_timeFrame),
            From = Time("from", result.GetValue(_from), faults, daysAfterDate: 0),
            To = Time("to", result.GetValue(_to), faults, daysAfterDate: 1),
            Adjust = result.GetValue(_adjust),
        };
    }

    private static DateTimeOffset? Time(string name, string? text, ICollection<string> faults, int daysAfterDate)
    {
        if (text is null)
        {
            return null;
        }

        if (DateTimeOffset.TryParseExact(
            text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return text.Length == TimeForms[0].Length ? time.AddDays(daysAfterDate) : time;
        }

        faults.Add($"{name}: a date yyyy-MM-dd or an ISO time is expected, not '{text}'");
        return null;
    }

    private static bool Word(ParseResult result, Option<string> option, string first, string second, ICollection<string> faults)
    {
        var value = result.GetValue(option);
        if (value != first && value != second)
        {
            faults.Add($"{option.Name.TrimStart('-')}: {first} or {second} is expected, not '{value}'");
        }

        return value == first;
    }

    private static Option<string> Text(string name, string description, string otherwise) =>
        new(name) { Description = description, DefaultValueFactory = _ => otherwise };

    private static Option<decimal> Number(string name, string description, decimal otherwise) =>
        new(name) { Description = description, DefaultValueFactory = _ => otherwise };
}
