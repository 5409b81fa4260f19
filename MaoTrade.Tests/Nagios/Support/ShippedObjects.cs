using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Nagios.Support;

/// <summary>The object files that are shipped, with what templates give put in.</summary>
public static class ShippedObjects
{
    private static readonly List<NagiosObject> All = Read();

    public static string Folder { get; } = Path.Combine(Repository.Root, "nagios");

    public static IReadOnlyList<NagiosObject> Services { get; } = Of("service");

    public static IReadOnlyList<NagiosObject> Dependencies { get; } = Of("servicedependency");

    public static NagiosObject Service(string name) => Services.Single(service => service["service_description"] == name);

    /// <summary>Services a dependency silences, by name.</summary>
    public static IEnumerable<string> Silenced(this NagiosObject dependency) =>
        dependency.Find("dependent_service_description")?.Split(',')
        ?? Services.Where(service => service["servicegroups"].Split(',').Contains(dependency["dependent_servicegroup_name"]))
            .Select(service => service["service_description"]);

    private static IReadOnlyList<NagiosObject> Of(string kind) =>
        [.. All.Where(found => found.Kind == kind && found.Find("register") != "0").Select(Whole)];

    private static NagiosObject Whole(NagiosObject found)
    {
        var directives = new Dictionary<string, string>(found.Directives, StringComparer.Ordinal);
        for (var name = found.Find("use"); name is not null;)
        {
            var template = All.Single(other => other.Kind == found.Kind && other.Find("name") == name);
            foreach (var (directive, value) in template.Directives)
            {
                directives.TryAdd(directive, value);
            }

            name = template.Find("use");
        }

        return found with { Directives = directives };
    }

    private static List<NagiosObject> Read()
    {
        var found = new List<NagiosObject>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "nagios", "objects"), "*.cfg").Order(StringComparer.Ordinal))
        {
            Dictionary<string, string>? directives = null;
            var kind = "";
            foreach (var line in File.ReadLines(file).Select(line => line.Split(';')[0].Trim()).Where(line => line.Length > 0))
            {
                if (line.StartsWith("define ", StringComparison.Ordinal))
                {
                    kind = line["define ".Length..].TrimEnd('{', ' ');
                    directives = new Dictionary<string, string>(StringComparer.Ordinal);
                }
                else if (line == "}")
                {
                    found.Add(new NagiosObject(kind, directives!));
                }
                else
                {
                    var parts = line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                    directives!.Add(parts[0], parts.Length > 1 ? parts[1] : "");
                }
            }
        }

        return found;
    }
}
