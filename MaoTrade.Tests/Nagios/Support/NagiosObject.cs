namespace MaoTrade.Tests.Nagios.Support;

/// <summary>A definition of Nagios' object files: its kind and its directives.</summary>
public sealed record NagiosObject(string Kind, IReadOnlyDictionary<string, string> Directives)
{
    public string this[string directive] => Directives[directive];

    public string? Find(string directive) => Directives.GetValueOrDefault(directive);
}
