using System.Text.RegularExpressions;
using MySqlConnector;

namespace MaoTrade.Engine.Production;

/// <summary>The store's statements for the driver: $1 becomes @p1, values its parameters.</summary>
internal static partial class MySqlText
{
    /// <summary>A statement with the driver's names.</summary>
    public static string Of(string sql) => Parameter().Replace(sql, "@p${number}");

    /// <summary>Adds values in the order of their numbers; UTF-8 bytes are text.</summary>
    public static void Add(MySqlParameterCollection parameters, ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i] is byte[] text ? System.Text.Encoding.UTF8.GetString(text) : values[i];
            parameters.AddWithValue($"@p{i + 1}", value);
        }
    }

    [GeneratedRegex(@"\$(?<number>\d+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Parameter();
}
