using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using MaoApi.Http;
using MaoApi.MarketData;
using MaoTrade.Market.Frames;

namespace MaoApi.Features.Mt;

/// <summary>Bars of one epic and length.</summary>
internal sealed record BarsBody
{
    public const int MostFrames = 1_000;

    /// <summary>Clocks of engine and gateway differ by less.</summary>
    private const int ClockSkewSeconds = 60;

    private const int Columns = 6;

    [Required]
    [StringLength(64)]
    public string? Epic { get; init; }

    /// <summary>Length of a bar, seconds.</summary>
    [Required]
    public int? TimeFrame { get; init; }

    /// <summary>1 to 1,000, each <c>[unix seconds, open, high, low, close, volume]</c>; read one by one, so that a bad one harms no other.</summary>
    [Required]
    [Length(1, MostFrames)]
    public IReadOnlyList<JsonElement>? Frames { get; init; }

    /// <summary>Reads them; null and why where they are none.</summary>
    public static BarsBody? Read(JsonElement json, out string problem)
    {
        BarsBody? body;
        try
        {
            body = json.Deserialize<BarsBody>(JsonDefaults.Options);
        }
        catch (JsonException fault)
        {
            problem = fault.Path is { Length: > 2 } path ? $"'{path[2..]}' cannot be read" : "they are no bars of an epic";
            return null;
        }

        var faults = new List<ValidationResult>();
        problem = body is null ? "they are no bars of an epic"
            : Validator.TryValidateObject(body, new ValidationContext(body), faults, validateAllProperties: true) ? ""
            : faults[0].ErrorMessage ?? "";
        return problem.Length == 0 ? body : null;
    }

    /// <summary>The bars that are over, with their rows; what is wrong with the others.</summary>
    public List<(Frame Bar, int Row)> Bars(DateTimeOffset now, List<BarFault> faults)
    {
        var latest = now.ToUnixTimeSeconds() + ClockSkewSeconds - TimeFrame!.Value;
        var bars = new List<(Frame, int)>(Frames!.Count);
        foreach (var (index, json) in Frames.Index())
        {
            if (Bar(json) is not { } bar)
            {
                faults.Add(new BarFault(index + 1, 0, "a frame is [unix seconds, open, high, low, close, volume], numbers"));
            }
            else if (bar.UnixSeconds > latest)
            {
                faults.Add(new BarFault(index + 1, bar.UnixSeconds, "the bar is not over yet"));
            }
            else
            {
                bars.Add((bar, index + 1));
            }
        }

        return bars;
    }

    private static Frame? Bar(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() != Columns || json[0].ValueKind != JsonValueKind.Number || !json[0].TryGetInt64(out var start))
        {
            return null;
        }

        var numbers = new decimal[Columns - 1];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (json[i + 1].ValueKind != JsonValueKind.Number || !json[i + 1].TryGetDecimal(out numbers[i]))
            {
                return null;
            }
        }

        return new Frame(start, numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }
}
