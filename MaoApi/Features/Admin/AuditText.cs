using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MaoApi.Http;

namespace MaoApi.Features.Admin;

/// <summary>Rows as the audit remembers them: JSON in which every member that sounds like a secret is hidden.</summary>
internal static partial class AuditText
{
    private const string Hidden = "***";
    private const int MaxAgentLength = 200;

    public static string Of(object item)
    {
        var json = JsonSerializer.SerializeToNode(item, item.GetType(), JsonDefaults.Options);
        Hide(json);
        return json!.ToJsonString();
    }

    /// <summary>A header of the caller's choice, no longer than its column; null where it is missing.</summary>
    public static string? Shorten(string agent) => agent.Length switch
    {
        0 => null,
        > MaxAgentLength => agent[..MaxAgentLength],
        _ => agent,
    };

    private static void Hide(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Hide(item);
            }
        }
        else if (node is JsonObject members)
        {
            foreach (var (name, value) in members.ToList())
            {
                if (value is not null && value.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False) && Secret().IsMatch(name))
                {
                    members[name] = Hidden;
                }
                else
                {
                    Hide(value);
                }
            }
        }
    }

    [GeneratedRegex("pass$|password|passphrase|passwd|secret|token|api_?key|private_?key|credential", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 100)]
    private static partial Regex Secret();
}
