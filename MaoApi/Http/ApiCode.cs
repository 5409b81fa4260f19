using System.Globalization;
using MaoTrade.Protocol.Client;

namespace MaoApi.Http;

/// <summary>One row of the table of codes: an outcome, its HTTP status, and what it answers to on the engine's side.</summary>
/// <param name="Name">The outcome in words, shown in the API's description.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Code of the envelope.</param>
/// <param name="EngineCode">The engine's reply code that means this outcome.</param>
/// <param name="Proxy">The results of the wire that mean this outcome.</param>
/// <param name="IsOutage">Whether the engine, rather than the request, is at fault: only these open its circuit.</param>
internal sealed record ApiCode(
    string Name, int Status, int Code, int? EngineCode = null, ProxyResult[]? Proxy = null, bool IsOutage = false)
{
    /// <summary>The part that is at fault, as metrics name it.</summary>
    public string Component => Code switch
    {
        >= 40 and < 50 => "engine",
        50 => "database",
        51 => "logs",
        52 => "push",
        54 => "sharedStore",
        56 => "identity",
        _ => "gateway",
    };

    /// <summary>The code as metrics name it.</summary>
    public string CodeText { get; } = Code.ToString(CultureInfo.InvariantCulture);
}
