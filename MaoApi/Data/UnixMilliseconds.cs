using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace MaoApi.Data;

/// <summary>Times as every database of ours stores them: numbers, so that they compare and sort everywhere alike.</summary>
internal sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
    time => time.ToUnixTimeMilliseconds(),
    milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
