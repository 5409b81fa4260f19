namespace MaoApi.Engines.Certificates;

/// <summary>A certificate in the folder.</summary>
/// <param name="File">Name of its files, without <c>.crt</c> and <c>.key</c>.</param>
/// <param name="Subject">Whom it names.</param>
/// <param name="Ends">When it ends.</param>
/// <param name="IsNew">Whether it was made now.</param>
internal sealed record MadeCertificate(string File, string Subject, DateTimeOffset Ends, bool IsNew);
