using System.Text.Json;
using MaoApi.Outbound;

namespace MaoApi.Notices.Channels.Fcm;

/// <summary>
/// Reads what FCM answered: https://firebase.google.com/docs/reference/fcm/rest/v1/ErrorCode. A device's token is given up only when FCM says
/// that this very token is none: a wrong project or a broken proxy answers 404 or 400 as well, and must not cost everybody their devices.
/// </summary>
internal static class FcmAnswer
{
    private const int TooManyRequests = 429;
    private const int Unauthorized = 401;

    /// <summary>What FCM asks to be waited after 429 where it does not say how long.</summary>
    private static readonly TimeSpan QuotaWait = TimeSpan.FromSeconds(60);

    public static SendResult Read(OutboundAnswer answer)
    {
        var body = ServerFaults.Read(answer.Body);
        if (answer.Status == StatusCodes.Status200OK)
        {
            return OfName(body?.Member("name").Text());
        }

        var error = body?.Member("error");
        var text = $"FCM {answer.Status} {error?.Member("message").Text() ?? error?.Member("status").Text() ?? "without a reason"}";
        if (error is { } failure && IsDeadToken(failure))
        {
            return SendResult.Gone(text);
        }

        return answer.Status switch
        {
            TooManyRequests => SendResult.Later(text, answer.RetryAfter ?? QuotaWait),
            Unauthorized => SendResult.Later(text),
            _ when ServerFaults.IsPassing(answer.Status) => SendResult.Later(text, answer.RetryAfter),
            _ => SendResult.Refused(text),
        };
    }

    /// <summary>What follows from an answer without a fault.</summary>
    /// <param name="name">The message's, the receipt.</param>
    public static SendResult OfName(string? name) =>
        name is not null ? SendResult.Sent(name) : SendResult.Refused("FCM answered 200 without the name of a message");

    private static bool IsDeadToken(JsonElement error)
    {
        var details = error.Member("details") is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray().ToList() : [];
        var fcmCode = details.Select(detail => detail.Member("errorCode").Text()).FirstOrDefault(code => code is not null);
        var fields = details.Select(detail => detail.Member("fieldViolations")).OfType<JsonElement>()
            .Where(violations => violations.ValueKind == JsonValueKind.Array)
            .SelectMany(violations => violations.EnumerateArray()).Select(violation => violation.Member("field").Text()).ToList();
        return fcmCode switch
        {
            "UNREGISTERED" => true,
            "INVALID_ARGUMENT" => fields.Count == 0 || fields.Contains("message.token"),
            null => error.Member("status").Text() == "NOT_FOUND" && error.Member("message").Text() == "Requested entity was not found.",
            _ => false,
        };
    }
}
