using System.Globalization;
using System.Text.Json;
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

        if (wanted.Offset < 0 || wanted.Length < 0)
        {
            return ServiceReply.Failure(ReplyCode.Malformed, $"{(wanted.Offset < 0 ? "offset" : "length")}: bytes, 0 or more, are expected");
        }

        if (await archive.ZipAsync(from, to, cancellationToken) is not { } zip)
        {
            return ServiceReply.Failure(ReplyCode.NotFound, $"logDate: there is no log of {wanted.LogDate}{(to == from ? "" : $" to {wanted.LogDateTo}")}");
        }

        return wanted.Head is true ? await HeadAsync(zip) : new ServiceReply(ReplyCode.Ok, "", default, zip.Part(wanted.Offset ?? 0, wanted.Length));
    }

    private static async ValueTask<ServiceReply> HeadAsync(LogZip zip)
    {
        await using (zip)
        {
            var head = new LogHead(zip.FileName, LogZip.ContentType, zip.Content.Length, zip.Sha256, zip.IsClosed);
            return ServiceReply.Ok(JsonSerializer.SerializeToUtf8Bytes(head, LogJson.Default.LogHead));
        }
    }

    private static bool TryDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
}

/// <summary>Data of service 1.</summary>
/// <param name="LogDate">The first day, yyyy-MM-dd.</param>
/// <param name="LogDateTo">The last day; null = the first.</param>
/// <param name="Head">True asks what the ZIP is instead of for its bytes.</param>
/// <param name="Offset">First byte wanted; null = 0.</param>
/// <param name="Length">Most bytes wanted; null = all that follow.</param>
internal sealed record LogRequest(string LogDate, string? LogDateTo = null, bool? Head = null, long? Offset = null, long? Length = null);

/// <summary>Reply of service 1 with <c>head</c>.</summary>
internal sealed record LogHead(string FileName, string ContentType, long Size, string Sha256, bool Closed);

/// <summary>JSON of service 1.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(LogRequest))]
[JsonSerializable(typeof(LogHead))]
internal sealed partial class LogJson : JsonSerializerContext;
