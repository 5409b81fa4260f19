using System.Buffers;

namespace MaoApi.Secrets;

/// <summary>A key that stands in the settings.</summary>
/// <param name="Id">Letters, digits, hyphen, underscore; stored with every value the key encrypted.</param>
/// <param name="Bytes">The key itself.</param>
internal sealed record GivenKey(string Id, byte[] Bytes)
{
    public static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    /// <summary>Without the key.</summary>
    public override string ToString() => $"given key {Id}";
}
