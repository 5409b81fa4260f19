using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using MaoApi.Auth;
using MaoApi.Engines;
using MaoApi.Http;

namespace MaoApi.Features.ClientMt;

public sealed record StartBacktestRequest : IAccountRequest, IValidatableObject
{
    private const int MaxTimeFrameSeconds = 604_800;

    public string? AccountId { get; init; }

    [Required]
    [StringLength(100)]
    public string? System { get; init; }

    /// <summary>The instrument, whose prices the engine has.</summary>
    [StringLength(64)]
    public string? Epic { get; init; }

    /// <summary>A ticker of the market data, in place of <see cref="Epic"/>.</summary>
    public int? TickerId { get; init; }

    /// <summary>Seconds; left out, as the data.</summary>
    [Range(1, MaxTimeFrameSeconds)]
    public int? TimeFrame { get; init; }

    /// <summary>First day, or ISO-8601 moment.</summary>
    [StringLength(40)]
    public string? From { get; init; }

    /// <summary>Last day, or ISO-8601 moment before which.</summary>
    [StringLength(40)]
    public string? To { get; init; }

    /// <summary>The system's own parameters, by name.</summary>
    public JsonElement? Params { get; init; }

    public BacktestRules? Rules { get; init; }

    /// <summary>Bars after which everything but the store is thrown away and restored, to see that nothing changes.</summary>
    [Range(1, int.MaxValue)]
    public int? ResumeAtFrame { get; init; }

    AccountLevel IAccountRequest.RequiredLevel() => AccountLevel.Trade;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Epic is { Length: > 0 } == TickerId is not null)
        {
            yield return new ValidationResult("epic or tickerId is required, and not both", [nameof(Epic)]);
        }

        if (Params is { ValueKind: not JsonValueKind.Object })
        {
            yield return new ValidationResult("params must be an object", [nameof(Params)]);
        }

        var from = Moment(From);
        var to = Moment(To);
        foreach (var (name, text, moment) in new[] { (nameof(From), From, from), (nameof(To), To, to) })
        {
            if (text is not null && moment is null)
            {
                yield return new ValidationResult("a day yyyy-MM-dd or an ISO-8601 moment is expected", [name]);
            }
        }

        if (from > to)
        {
            yield return new ValidationResult("to lies before from", [nameof(To)]);
        }
    }

    private static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
}

internal static class StartBacktest
{
    public static async Task<IResult> HandleAsync(
        StartBacktestRequest request, HttpContext http, EngineGateway engines, CancellationToken cancellationToken)
    {
        if (request.TickerId is { } ticker)
        {
            return new Failure(ApiCodes.EngineNotFound, $"there is no market data of ticker {ticker}");
        }

        var call = EngineCalls.StartBacktest(new
        {
            Op = "start",
            request.System,
            request.Epic,
            request.TimeFrame,
            request.From,
            request.To,
            request.Params,
            request.Rules,
            request.ResumeAtFrame,
        });
        await using var reply = await engines.SendAsync(http.Account(), call, http.RequestId(), cancellationToken);
        return EngineAnswer.Of(reply, StatusCodes.Status202Accepted);
    }
}
