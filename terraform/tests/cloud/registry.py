"""Container Registry of the stand-in: a registry is deleted only when it has no image."""

import itertools
import re

from rejection import Rejection

REGISTRY = re.compile("/container-registry/v1/registries/([^/]+)")
IMAGE = re.compile("/container-registry/v1/images/([^/]+)")


class Registry:
    def __init__(self, operations):
        self.operations = operations
        self.registries = {}  # ID: IDs of images
        self.page_size = 2  # smaller than what is asked for, as the API may do

    def respond(self, method, path, query, body):
        if path == "/container-registry/v1/images" and method == "GET":
            return self._list(query)
        image, registry = IMAGE.fullmatch(path), REGISTRY.fullmatch(path)
        if method == "DELETE" and image:
            return self._delete_image(image[1])
        if method == "DELETE" and registry:
            return self._delete(registry[1])
        return None

    def _images(self, registry):
        if registry not in self.registries:
            raise Rejection.not_found(f"Registry {registry}")
        return self.registries[registry]

    def _list(self, query):
        images = self._images(query["registryId"])
        # The page starts after an image, so that a deletion between two pages hides none.
        rest = list(itertools.dropwhile(lambda image: image <= query.get("pageToken", ""), sorted(images)))
        page, more = rest[: self.page_size], rest[self.page_size :]
        return {"images": [{"id": image} for image in page]} | ({"nextPageToken": page[-1]} if more else {})

    def _delete_image(self, image):
        images = next((images for images in self.registries.values() if image in images), None)
        if images is None:
            raise Rejection.not_found(f"Image {image}")
        return self.operations.start(image, "containerregistry.v1.DeleteImageMetadata", lambda: images.remove(image))

    def _delete(self, registry):
        if self._images(registry):
            raise Rejection.failed_precondition(f"Registry {registry} is not empty")
        return self.operations.start(registry, "containerregistry.v1.DeleteRegistryMetadata", lambda: self.registries.pop(registry))
