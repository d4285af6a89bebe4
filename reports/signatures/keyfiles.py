"""A look at a PKCS#12 file without opening it: is it one, how long would opening take."""

from asn1crypto import cms, core, pkcs12


def is_pkcs12(data: bytes) -> bool:
    return _frame(data) is not None


def rounds_of(data: bytes) -> int:
    """The most rounds of key stretching that the readable parts of the file ask for.

    Rounds inside what is encrypted stay unseen: only who knows the passphrase could put
    them there, and he signs for himself.
    """
    frame = _frame(data)
    if frame is None:
        return 0
    rounds = [0]
    try:
        mac = frame["mac_data"]
        if not isinstance(mac, core.Void):
            rounds.append(mac["iterations"].native)
        for info in frame.authenticated_safe:
            rounds += _rounds_in(info)
    except (ValueError, TypeError, KeyError, AttributeError):
        return 0  # broken further in; opening says so without stretching anything
    return max(rounds)


def _frame(data: bytes) -> pkcs12.Pfx | None:
    try:
        frame = pkcs12.Pfx.load(data, strict=True)
        is_one = frame["version"].native == "v3" and (
            frame["auth_safe"]["content_type"].native in {"data", "signed_data"}
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return frame if is_one else None


def _rounds_in(info: cms.ContentInfo) -> list[int]:
    match info["content_type"].native:
        case "encrypted_data":
            encrypted = info["content"]["encrypted_content_info"]
            return [_rounds(encrypted["content_encryption_algorithm"])]
        case "data":
            bags = pkcs12.SafeContents.load(info["content"].native)
            return [
                _rounds(bag["bag_value"]["encryption_algorithm"])
                for bag in bags
                if bag["bag_id"].native == "pkcs8_shrouded_key_bag"
            ]
        case _:
            return []


def _rounds(algorithm) -> int:
    parameters = algorithm["parameters"]
    if algorithm["algorithm"].native == "pbes2":
        parameters = parameters["key_derivation_func"]["parameters"]
    stretch = parameters.native
    return stretch.get("iterations", 0) if isinstance(stretch, dict) else 0
