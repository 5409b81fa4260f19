using System.Text.Json;

namespace MaoApi.Http;

/// <summary>Puts what the framework's validation found into the envelope, all errors at once.</summary>
internal sealed class ValidationAnswers : IProblemDetailsService
{
    public async ValueTask WriteAsync(ProblemDetailsContext context) => await TryWriteAsync(context);

    public async ValueTask<bool> TryWriteAsync(ProblemDetailsContext context)
    {
        var errors = context.ProblemDetails is HttpValidationProblemDetails validation
            ? validation.Errors.SelectMany(field => field.Value.Select(message => Error(field.Key, message))).ToArray()
            : [];
        await new Failure(ApiCodes.Invalid, errors.Length == 0 ? ApiCodes.Invalid.Name : errors[0].Message) { Errors = errors }
            .ExecuteAsync(context.HttpContext);
        return true;
    }

    private static FieldError Error(string path, string message)
    {
        var field = string.Join('.', path.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
        return new FieldError(field, message.Contains("required", StringComparison.Ordinal) ? "required" : "invalid", message);
    }
}
