using System.Globalization;
using System.Net;

namespace MaoApi.Hosting;

/// <summary>
/// Reads settings by their environment names and remembers every fault, so that all are told at once. A secret may also stand in a file
/// named by the same variable with <c>_FILE</c> behind it; the file wins.
/// </summary>
internal sealed class SettingsReader(Func<string, string?> environment)
{
    private readonly List<string> _errors = [];
    private readonly Dictionary<string, string> _secrets = new(StringComparer.Ordinal);

    /// <summary>What is wrong, one line each: the name, what stands there, what was expected.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Every secret that was read, by its name.</summary>
    public IReadOnlyDictionary<string, string> Secrets => _secrets;

    public void Fault(string error) => _errors.Add(error);

    /// <summary>The variable's text; null where it is missing or empty.</summary>
    public string? Text(string name) => environment(name) is { Length: > 0 } value ? value : null;

    /// <summary>A secret from its file or variable; null where there is neither. Never written anywhere.</summary>
    public string? Secret(string name)
    {
        var secret = ReadSecret(name);
        if (secret is not null)
        {
            _secrets[name] = secret;
        }

        return secret;
    }

    public bool Flag(string name, bool otherwise = false)
    {
        switch (Text(name)?.ToLowerInvariant())
        {
            case null:
                return otherwise;
            case "true" or "1" or "on":
                return true;
            case "false" or "0" or "off":
                return false;
            case var text:
                Fault($"{name}: '{text}' is neither true nor false");
                return otherwise;
        }
    }

    public double Number(string name, double otherwise, double min, double max) => Number(Text(name), name, otherwise, min, max);

    public int Integer(string name, int otherwise, int min, int max)
    {
        var value = Number(name, otherwise, min, max);
        if (value == Math.Truncate(value))
        {
            return (int)value;
        }

        Fault($"{name}: '{Text(name)}' is not a whole number");
        return otherwise;
    }

    /// <summary>A number that was written under a name, from a flag or a variable.</summary>
    public double Number(string? text, string name, double otherwise, double min, double max)
    {
        if (string.IsNullOrEmpty(text))
        {
            return otherwise;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
        {
            return value;
        }

        Fault($"{name}: '{text}' is not a number from {min} to {max}");
        return otherwise;
    }

    /// <summary>The name of one adapter of several, some of which are in the production stack alone.</summary>
    public string Adapter(string name, string otherwise, IReadOnlyCollection<string> known, Predicate<string> isBuilt)
    {
        var adapter = Text(name) ?? otherwise;
        if (!known.Contains(adapter, StringComparer.Ordinal))
        {
            Fault($"{name}: '{adapter}' is none of {string.Join(", ", known)}");
        }
        else if (!isBuilt(adapter))
        {
            Fault($"{name}: {adapter} is not in this build; build with -p:MaoStack=production");
        }

        return adapter;
    }

    /// <summary>Comma-separated words; empty where the variable is missing.</summary>
    public IReadOnlyList<string> List(string name) =>
        Text(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    public IPAddress Address(string? text, string name, IPAddress otherwise)
    {
        if (text is null || IPAddress.TryParse(text, out var address) is false)
        {
            if (text is not null)
            {
                Fault($"{name}: '{text}' is not an IP address");
            }

            return otherwise;
        }

        return address;
    }

    /// <summary>An absolute address of http or https; null where the variable is missing.</summary>
    public Uri? Url(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return url;
        }

        Fault($"{name}: '{text}' is not an address of http or https");
        return null;
    }

    private string? ReadSecret(string name)
    {
        if (Text(name + "_FILE") is not { } path)
        {
            return Text(name);
        }

        try
        {
            return File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Fault($"{name}_FILE: {fault.Message}");
            return null;
        }
    }
}
