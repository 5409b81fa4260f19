using MaoTrade.Protocol.Framing;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Engine.Server;

/// <summary>What a peer is told about a request that cannot be used.</summary>
internal static class Refusals
{
    public static string Of(RequestField field) => field switch
    {
        RequestField.Service => "service must be a whole number",
        RequestField.Data => "data must be an object",
        RequestField.Id => "id must be a string of 1 to 64 characters",
        RequestField.RequestId => "rid must be a string of 1 to 128 bytes without control characters",
        RequestField.TimeToLive => "ttlMs must be a whole number from 100 to 60000",
        _ => "the request cannot be used",
    };

    public static string Of(WireViolation violation) => violation switch
    {
        WireViolation.Empty => "the request is empty",
        WireViolation.TooLarge => "the request is too large",
        WireViolation.RawByte => "the request has a raw 00 or FF",
        WireViolation.ByteOrderMark => "the request begins with a byte order mark",
        WireViolation.InvalidUtf8 => "the request is not UTF-8",
        WireViolation.NotAnObject => "the request is not an object",
        WireViolation.TooDeep => "the request is nested deeper than 32",
        WireViolation.DuplicateKey => "the request names a member twice",
        WireViolation.LoneSurrogate => "the request has half a surrogate pair",
        _ => "the request is not JSON",
    };
}
