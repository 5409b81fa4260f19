using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MaoApi.Data.Mapping;

/// <summary>Names of the tables that are ours alone: a column is its property in small letters, a key of another table <c>c_</c> and that table.</summary>
internal static class OwnTables
{
    private const string KeySuffix = "Key";

    /// <summary>Maps an entity to a table of ours; what the rule does not fit is named afterwards.</summary>
    public static EntityTypeBuilder<T> ToOwnTable<T>(this EntityTypeBuilder<T> entity, string name)
        where T : class
    {
        entity.ToTable(name);
        foreach (var property in entity.Metadata.GetProperties().Where(property => !property.IsShadowProperty()))
        {
            entity.Property(property.Name).HasColumnName(ColumnOf(property.Name));
        }

        return entity;
    }

    private static string ColumnOf(string property)
    {
        var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(property);
        return property.Length > KeySuffix.Length && property.EndsWith(KeySuffix, StringComparison.Ordinal)
            ? $"c_{name[..^"_key".Length]}s"
            : name.StartsWith("is_", StringComparison.Ordinal) ? name["is_".Length..] : name;
    }
}
