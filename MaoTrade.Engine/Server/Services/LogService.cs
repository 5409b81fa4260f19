using System.Globalization;
using System.Text.Json.Serialization;
using MaoTrade.Engine.Logs;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Engine.Server.Services;

/// <summary>Service 1: the engine's log of one day, or of a range of days, as a ZIP.</summary>
public sealed class LogService(LogArchive archive) : IService
{
    private const int MostDays = 4_000;

    public int Number => 1;

    public async ValueTask<ServiceReply> HandleAsync(ServiceRequest request, CancellationToken cancellationToken)
    {
        if (!CommandReading.TryRead(request.Data.Span, LogJson.Default.LogRequest, out var wanted, out var fault))
        {
            return fault;
        }

        if (!TryDate(wanted.LogDate, out var from))
        {
            return ServiceReply.Failure(ReplyCode.Malformed, "logDate: a date yyyy-MM-dd is expected");
        }

        var to = from;
        if (wanted.LogDateTo is not null && (!TryDate(wanted.LogDateTo, out to) || to < from || to.DayNumber - from.DayNumber > MostDays))
        {
            return ServiceReply.Failure(ReplyCode.Malformed, $"logDateTo: a date yyyy-MM-dd from logDate to {MostDays} days after it is expected");
        }

        return await archive.ZipAsync(from, to, cancellationToken) is { } zip
            ? new ServiceReply(ReplyCode.Ok, "", default, zip)
            : ServiceReply.Failure(ReplyCode.NotFound, $"logDate: there is no log of {wanted.LogDate}{(to == from ? "" : $" to {wanted.LogDateTo}")}");
    }

    private static bool TryDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
}

/// <summary>Data of service 1.</summary>
internal sealed record LogRequest(string LogDate, string? LogDateTo = null);

/// <summary>JSON of service 1.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(LogRequest))]
internal sealed partial class LogJson : JsonSerializerContext;
