namespace MaoApi.Http;

/// <summary>The empty object: <c>data</c> of an answer that has nothing to say but that it is done.</summary>
internal sealed record Nothing;
