using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>
/// The memory of all state, at the start of the model's arena: variable tensors of one name are in one piece, whichever
/// graph has them.
/// </summary>
/// <param name="lastUse">The last operator of the model: a state is kept all the time.</param>
internal sealed class ModelStates(int lastUse)
{
    private readonly Dictionary<string, ArenaRegion> _regions = new(StringComparer.Ordinal);
    private readonly List<ArenaRegion> _order = [];

    public IReadOnlyList<ArenaRegion> Regions => _order;

    /// <summary>The piece of a variable tensor, and of what lies in its memory.</summary>
    public ArenaRegion RegionOf(TensorStorage storage)
    {
        string name = storage.Owner.Name;
        if (!_regions.TryGetValue(name, out ArenaRegion? region))
        {
            region = new ArenaRegion(name, RegionKind.State, storage.Bytes, firstUse: 0, lastUse);
            _regions.Add(name, region);
            _order.Add(region);
        }

        return region;
    }

    /// <summary>That of a name which an operator has been lowered with.</summary>
    public ArenaRegion this[string name] => _regions[name];
}
