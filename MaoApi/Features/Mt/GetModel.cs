using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Data.History;
using MaoApi.Http;
using MaoApi.Models;

namespace MaoApi.Features.Mt;

public sealed record ModelQuery
{
    /// <summary>Digest of the file, hexadecimal, as the configuration lists it.</summary>
    [Required]
    [RegularExpression("[0-9a-f]{64}")]
    public string? Sha256 { get; init; }
}

/// <summary>The file of a model that the account uses; of others the engine learns nothing.</summary>
internal static class GetModel
{
    public static async Task<IResult> HandleAsync(
        [AsParameters] ModelQuery query, ServiceCaller caller, ModelStore store, CancellationToken cancellationToken)
    {
        var models = await store.OfAccountAsync(caller.AccountId!, cancellationToken);
        return models.FirstOrDefault(model => model.Sha256 == query.Sha256) is { } model
            ? new ModelDownload(store, model)
            : Failure.Of(ApiCodes.EngineNotFound);
    }

    private sealed class ModelDownload(ModelStore store, ModelVersion model) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = "application/octet-stream";
            httpContext.Response.ContentLength = model.SizeBytes;
            httpContext.Response.Headers.ETag = $"\"{model.Sha256}\"";
            return store.CopyAsync(model.Id, httpContext.Response.Body, httpContext.RequestAborted);
        }
    }
}
