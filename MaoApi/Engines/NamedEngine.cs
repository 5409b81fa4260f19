using System.Text.RegularExpressions;
using MaoApi.Hosting;

namespace MaoApi.Engines;

/// <summary>An engine that somebody else runs, such as docker-compose.</summary>
/// <param name="AccountId">The account it trades.</param>
/// <param name="Host">Where it is.</param>
/// <param name="Port">TCP port of its wire.</param>
internal sealed partial record NamedEngine(string AccountId, string Host, int Port)
{
    private const int DefaultPort = 2260;

    /// <summary>Reads <c>ENGINES</c>: <c>demo1=engine-a:2260,demo2=engine-b</c>.</summary>
    public static IReadOnlyList<NamedEngine> Read(SettingsReader settings, GatewayRoles roles)
    {
        var engines = new List<NamedEngine>();
        foreach (var text in settings.List("ENGINES"))
        {
            var match = Form().Match(text);
            var port = match.Groups["port"] is { Success: true } group && int.TryParse(group.Value, out var number) ? number : DefaultPort;
            if (!match.Success || port is < 1 or > ushort.MaxValue)
            {
                settings.Fault($"ENGINES: 'account=host:port' is expected, not '{text}'");
            }
            else if (engines.Any(engine => engine.AccountId == match.Groups["account"].Value))
            {
                settings.Fault($"ENGINES: {match.Groups["account"].Value} stands there more than once");
            }
            else
            {
                engines.Add(new NamedEngine(match.Groups["account"].Value, match.Groups["host"].Value, port));
            }
        }

        if (engines.Count > 0 && roles.HasFlag(GatewayRoles.Pod))
        {
            settings.Fault("ENGINES: somebody else runs them, so this gateway must not have the role pod; --role api,data");
        }

        return engines;
    }

    [GeneratedRegex(@"^(?<account>[a-z0-9_]{1,40})=(?<host>[A-Za-z0-9._-]{1,253})(:(?<port>[0-9]{1,5}))?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 100)]
    private static partial Regex Form();
}
