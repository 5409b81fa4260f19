using System.Text.Json;
using MaoApi.Secrets;

namespace MaoApi.Data.Paging;

/// <summary>
/// Places in lists as callers carry them: encrypted, so that nobody builds on what is inside, and good for the same list with the same
/// filter and order alone.
/// </summary>
internal sealed class Cursors(SecretBox box)
{
    private const int MaxLength = 4000;

    /// <summary>The cursor of a place.</summary>
    /// <param name="list">Which list, filter and order it is a place of.</param>
    /// <param name="place">The place.</param>
    public string Write(string list, JsonElement place) => box.Seal(Owner(list), place.GetRawText());

    /// <summary>The place, or null where this was not written here for this list.</summary>
    public JsonElement? Read(string list, string cursor)
    {
        if (cursor.Length > MaxLength)
        {
            return null;
        }

        try
        {
            return JsonElement.Parse(box.Open(Owner(list), cursor));
        }
        catch (SecretUnreadableException)
        {
            return null;
        }
    }

    private static string Owner(string list) => "cursor/" + list;
}
