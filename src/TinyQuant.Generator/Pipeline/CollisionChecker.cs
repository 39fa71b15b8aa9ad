namespace TinyQuant.Generator;

/// <summary>
/// Says of each name that the user's part of a type and the generated one would share where it stands.
/// </summary>
internal static class CollisionChecker
{
    /// <param name="target">The type.</param>
    /// <param name="collisions">What <see cref="MemberCollisions"/> found.</param>
    public static IEnumerable<DiagnosticInfo> Check(TargetSpec target, EquatableArray<string> collisions)
    {
        string type = target.Shape.Name.TrimStart('@');
        foreach (string key in collisions)
        {
            yield return key == type
                ? new DiagnosticInfo(Descriptors.TypeNameTaken, target.Name, type)
                : new DiagnosticInfo(Descriptors.MemberTaken, target.Members.First(m => m.Name == key).Location, type,
                    MemberKey.NameOf(key));
        }
    }
}
