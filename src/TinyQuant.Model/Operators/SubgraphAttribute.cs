using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>Makes attributes that name a graph.</summary>
internal static class SubgraphAttribute
{
    private const string Expected = "the name of a subgraph above";

    /// <summary>A required graph that the operator runs, by its name.</summary>
    public static OperatorAttribute<Graph> Of<TOwner>(string key, Func<TOwner, Graph> get)
        where TOwner : class => new(
        o => get((TOwner)o), words => words.Named<Graph>(key, Expected) ?? new Graph(), _ => null,
        value => [new(key, value.Name)], new AttributeWord(key, Expected, null));
}
