#pragma warning disable ASP0029 // The framework's way to look into its validation is public but still marked as subject to change.

using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.Validation;

namespace MaoApi.Http;

/// <summary>
/// Tells all errors at once. The framework asks an object for the rules between its fields only when each field alone is good; this asks in
/// any case, unless something required is missing: rules may rely on that.
/// </summary>
internal sealed class WholeValidation(IReadOnlyList<IValidatableInfoResolver> inner) : IValidatableInfoResolver
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Required = new();

    /// <summary>Puts itself before all that are there.</summary>
    public static void Apply(ValidationOptions options)
    {
        var inner = options.Resolvers.ToArray();
        options.Resolvers.Clear();
        options.Resolvers.Add(new WholeValidation(inner));
    }

    public bool TryGetValidatableTypeInfo(Type type, [NotNullWhen(true)] out IValidatableInfo? validatableInfo)
    {
        foreach (var resolver in inner)
        {
            if (resolver.TryGetValidatableTypeInfo(type, out var found))
            {
                // A base is asked for its fields on behalf of its heirs, and those only the framework's own kind has.
                validatableInfo = type.IsSealed && typeof(IValidatableObject).IsAssignableFrom(type) ? new Whole(found) : found;
                return true;
            }
        }

        validatableInfo = null;
        return false;
    }

    public bool TryGetValidatableParameterInfo(ParameterInfo parameterInfo, [NotNullWhen(true)] out IValidatableInfo? validatableInfo)
    {
        foreach (var resolver in inner)
        {
            if (resolver.TryGetValidatableParameterInfo(parameterInfo, out validatableInfo))
            {
                return true;
            }
        }

        validatableInfo = null;
        return false;
    }

    private static bool HasAllRequired(object value) => Array.TrueForAll(
        Required.GetOrAdd(value.GetType(), static type =>
            [.. type.GetProperties().Where(property => property.GetCustomAttribute<RequiredAttribute>() is not null)]),
        property => property.GetValue(value) is not null);

    private sealed class Whole(IValidatableInfo fields) : IValidatableInfo
    {
        public async Task ValidateAsync(object? value, ValidateContext context, CancellationToken cancellationToken)
        {
            var path = context.CurrentValidationPath;
            await fields.ValidateAsync(value, context, cancellationToken);
            if (context.ValidationErrors is { Count: > 0 } && value is IValidatableObject rules && HasAllRequired(value))
            {
                foreach (var error in rules.Validate(new ValidationContext(value)))
                {
                    Add(context, path, error);
                }
            }
        }

        private static void Add(ValidateContext context, string path, ValidationResult error)
        {
            foreach (var member in error.MemberNames.DefaultIfEmpty(""))
            {
                var field = path.Length == 0 ? member : member.Length == 0 ? path : $"{path}.{member}";
                var errors = context.ValidationErrors!;
                var known = errors.GetValueOrDefault(field, []);
                if (!known.Contains(error.ErrorMessage))
                {
                    errors[field] = [.. known, error.ErrorMessage ?? ""];
                }
            }
        }
    }
}
